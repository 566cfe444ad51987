MATCH (a {name: 'Zwolle; hal'}), (b {name: 'Meppel'}) CREATE (a)-[:TRACK {km: 26}]->(b);
MATCH (a {name: 'Meppel'}), (b {name: 'Assen'}) CREATE (a)-[:TRACK {km: 48.5}]->(b);
