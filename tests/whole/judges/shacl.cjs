// usage: node shacl.cjs SHAPES.ttl FILE.jsonld...    exit 0: every file conforms, knows its terms and has triples
//
// What SHACL alone does not see: a document without its @context says nothing in the vocabularies and "conforms", and
// terms that do not exist in them are no violation.  Both are counted here.  owl:imports are inlined in the shapes file;
// rules in SPARQL are left out (the validator does not run them).
const fs = require('fs');
const {Parser} = require('n3');
const jsonld = require('jsonld');

const CDO = /^https:\/\/ontology\.(caseontology|unifiedcyberontology)\.org\//;
const MINIMUM_TRIPLES = 100;

(async () => {
  const {default: SHACLValidator} = await import('rdf-validate-shacl');
  const {default: rdf} = await import('@zazuko/env');
  const parse = (text, format) => rdf.dataset(new Parser({format, factory: rdf}).parse(text));
  const [shapesFile, ...files] = process.argv.slice(2);
  const shapes = parse(fs.readFileSync(shapesFile, 'utf8'), 'text/turtle');
  for (const left of ['http://www.w3.org/2002/07/owl#imports', 'http://www.w3.org/ns/shacl#sparql']) {
    for (const quad of [...shapes.match(null, rdf.namedNode(left), null)]) shapes.delete(quad);
  }
  const known = new Set([...shapes].map(quad => quad.subject.value).filter(iri => CDO.test(iri)));
  const hierarchy = [...shapes.match(null, rdf.namedNode('http://www.w3.org/2000/01/rdf-schema#subClassOf'), null)]
    .filter(quad => quad.object.termType === 'NamedNode');
  const validator = new SHACLValidator(shapes, {factory: rdf});
  const noRemote = async address => { throw new Error('remote context: ' + address); };
  let wrong = 0;
  for (const file of files) {
    const quads = await jsonld.toRDF(JSON.parse(fs.readFileSync(file, 'utf8')), {format: 'application/n-quads', documentLoader: noRemote});
    const data = parse(quads, 'application/n-quads');
    const triples = [...data].filter(quad => CDO.test(quad.predicate.value)).length;
    const unknown = new Set();
    for (const quad of data) {
      for (const term of [quad.subject, quad.predicate, quad.object]) {
        if (term.termType === 'NamedNode' && CDO.test(term.value) && !known.has(term.value)) unknown.add(term.value);
      }
    }
    for (const quad of hierarchy) data.add(quad);
    const report = await validator.validate(data);
    const good = report.conforms && report.results.length === 0 && unknown.size === 0 && triples >= MINIMUM_TRIPLES;
    console.log(`${file}: triples=${triples} conforms=${report.conforms} results=${report.results.length} unknown=${[...unknown].join(' ')}`);
    for (const result of report.results.slice(0, 10)) console.log('  ', result.focusNode.value, result.path && result.path.value, result.message.map(m => m.value).join(';'));
    if (!good) ++wrong;
  }
  process.exit(wrong === 0 ? 0 : 1);
})().catch(error => { console.error(String(error)); process.exit(2); });
