// Reading Parquet by ranges, and the one codec that the catalog's files use beside none.
export { parquetMetadata, parquetRead } from 'hyparquet'
export { decompress as zstd } from 'fzstd'
