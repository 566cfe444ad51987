"""A graph with the shape of a corpus, of any size, as CSV with Neo4j's headers: graph.py NODES EDGES FOLDER [SEED]

Four nodes in five are documents, the rest things of nine labels. Seven edges in ten are MENTIONS of a document, the others
run between things. Targets are skewed: the odds of the k-th thing fall as k to the power -2/3. Writes nodes.csv,
edges.csv, and pairs.txt: a hundred pairs of things.
"""
import os
import random
import sys

LABELS = {"Person": 300, "Organisation": 250, "Law": 200, "Programme": 190, "Region": 30, "Municipality": 20, "Country": 8,
          "Ministry": 1, "Party": 1}
RELATIONS = "PARTICIPATES_IN LEADS FUNDS COOPERATES_WITH ACTIVE_IN SUPPORTS PART_OF MEMBER_OF".split()


def main(nodes, edges, folder, seed=1):
    rng = random.Random(seed)
    os.makedirs(folder)
    documents = nodes * 4 // 5
    things = nodes - documents
    labels = rng.choices(list(LABELS), LABELS.values(), k=things)
    with open(os.path.join(folder, "nodes.csv"), "w") as out:
        out.write("key:ID,:LABEL,name\n")
        out.writelines(f"n{i},{'Document' if i < documents else labels[i - documents]},Name {i}\n" for i in range(nodes))
    chance = rng.random
    with open(os.path.join(folder, "edges.csv"), "w") as out:
        out.write(":START_ID,:END_ID,:TYPE\n")
        for i in range(edges):
            mention = i < edges * 7 // 10
            source = int(documents * chance()) if mention else documents + int(things * chance())
            target = documents + int(things * chance() ** 3)
            if source != target:
                out.write(f"n{source},n{target},{'MENTIONS' if mention else RELATIONS[int(8 * chance())]}\n")
    with open(os.path.join(folder, "pairs.txt"), "w") as out:
        out.writelines(f"n{documents + int(things * chance())} n{documents + int(things * chance())}\n" for _ in range(100))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], *map(int, sys.argv[4:5]))
