// The first one is also what the editor shows at the start.
export const examples = [
  {
    label: 'Dashboard: acties per status',
    query: `{
  dashboard {
    round {
      key
    }
    total {
      actions
      statuses {
        status
        label
        count
      }
    }
  }
}
`,
  },
  {
    label: 'Eén gemeente, met haar CBS-code',
    query: `{
  municipality(code: "GM0402") {
    code
    name
  }
}
`,
  },
  {
    label: 'Wat kan ik vragen?',
    query: `{
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
  }
}
`,
  },
];
