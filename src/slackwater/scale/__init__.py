"""Beyond one folder: Parquet parts in and out, a cache, and engines that run the parts anywhere.

`analyse.run` is the driver; `parts` reads and writes, `rules` says what a result depends on,
`cache` keeps results, `engines` runs them, `copies` finds reprints. Nothing else imports Dask.
"""
