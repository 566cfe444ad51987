// three stations; the ; in a comment ends nothing
CREATE (:Station {name: 'Zwolle; hal'});
CREATE (:Station {name: 'Meppel'});
CREATE (:Station {name: 'Assen'})
