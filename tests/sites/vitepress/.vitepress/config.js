export default { title: 'A site of VitePress' }
