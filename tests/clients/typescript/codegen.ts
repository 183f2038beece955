import type { CodegenConfig } from '@graphql-codegen/cli';

// As /docs/partner advises it; the operations are the examples of the service's own pages, and those of the client here.
const config: CodegenConfig = {
  schema: '../../schema.graphql',
  documents: ['../../api/docs/examples/*.graphql', 'typescript/*.graphql'],
  generates: { 'typescript/gql/': { preset: 'client', config: { useTypeImports: true, scalars: { Date: 'string', DateTime: 'string', IdempotencyKey: 'string', Position: 'string' } } } },
};
export default config;
