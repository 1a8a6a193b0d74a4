export default { title: 'A site of Docusaurus' };
