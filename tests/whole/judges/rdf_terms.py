#!/usr/bin/env python3
"""usage: rdf_terms.py ONTOLOGY.ttl FILE.jsonld MINIMUM: parses with rdflib, checks terms, prints counts by class as JSON."""
import collections
import json
import sys

import rdflib

ontology, document = rdflib.Graph(), rdflib.Graph()
ontology.parse(sys.argv[1], format="turtle")
document.parse(sys.argv[2], format="json-ld")
CDO = ("https://ontology.caseontology.org/", "https://ontology.unifiedcyberontology.org/")
known = {str(s) for s in ontology.subjects() if str(s).startswith(CDO)}
unknown = {str(t) for triple in document for t in triple if isinstance(t, rdflib.URIRef) and str(t).startswith(CDO)} - known
assert not unknown, f"terms that do not exist: {sorted(unknown)}"
assert len(document) >= int(sys.argv[3]), f"{len(document)} triples only"
assert not [t for t in document if any(isinstance(x, rdflib.BNode) for x in t)], "a blank node"
classes = collections.Counter(str(o).rsplit("/", 1)[-1] for o in document.objects(None, rdflib.RDF.type))
hashes = sorted(str(o).lower() for s, o in document.subject_objects(
    rdflib.URIRef("https://ontology.unifiedcyberontology.org/uco/types/hashValue")))
print(json.dumps({"triples": len(document), "classes": classes, "hashes": hashes}))
