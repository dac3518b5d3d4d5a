// The page tries operations with a token that is pasted in, whoever issued it; the contract itself speaks of OAuth
// scopes, for which Swagger UI only offers its own client log-in. So the page, and only the page, shows a bearer field.
async function show() {
  const answer = await fetch('/openapi.json');
  const contract = await answer.json();
  const scheme = contract.components.securitySchemes.anju;
  const scopes = Object.entries(scheme.flows.clientCredentials.scopes)
    .map(([name, meaning]) => `- \`${name}\` ${meaning}`).join('\n');
  contract.components.securitySchemes.anju =
    { type: 'http', scheme: 'bearer', description: `${scheme.description}\n\n${scopes}` };
  const sample = contract.components.parameters.IdempotencyKey.example;

  SwaggerUIBundle({
    spec: contract,
    dom_id: '#ui',
    deepLinking: true,
    docExpansion: 'list',
    filter: true,
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    persistAuthorization: true,
    validatorUrl: null,
    requestInterceptor: (request) => {
      // a key is for one request: the sample would be refused the second time it is sent
      if (request.headers && request.headers['Idempotency-Key'] === sample) {
        request.headers['Idempotency-Key'] =
          Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
      }
      return request;
    },
  });
}

show();
