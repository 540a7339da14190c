"""Pages in: a new corpus, pages by address or file, feeds, imports. Nothing else touches the network."""
