import type { CodegenConfig } from '@graphql-codegen/cli';

// Types for an operation of every root field, with the scalars as /docs/partner maps them.
const config: CodegenConfig = {
  schema: '../../../schema.graphql',
  documents: 'built/documents/*.graphql',
  generates: { 'built/gql/': { preset: 'client', config: { useTypeImports: true, scalars: { Date: 'string', DateTime: 'string', IdempotencyKey: 'string', Position: 'string' } } } },
};
export default config;
