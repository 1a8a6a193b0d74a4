project = "A site of Sphinx"
