// Lists the documents of all services; nothing is sent to anybody else.
window.onload = () => {
  window.ui = SwaggerUIBundle({
    configUrl: '/v3/api-docs/swagger-config',
    dom_id: '#swagger-ui',
    deepLinking: true,
    validatorUrl: 'none',
    defaultModelsExpandDepth: 0, // schemas are shown where they are used; the list of all is folded
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: 'StandaloneLayout',
  });
};
