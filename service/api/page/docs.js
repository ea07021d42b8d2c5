// Relative addresses, so that the page also works behind a proxy's path prefix.
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "list",
  onComplete: () => document.querySelector("#operations-checks-check_claim:not(.is-open) .opblock-summary-control")?.click(),
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null, // the badge would send the document to another host
});
