// The SQL engine; what it reads is handed to it.
export { executeSql } from 'squirreling'
