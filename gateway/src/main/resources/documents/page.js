// Lists the documents of all services; nothing is sent to anybody else.
window.onload = () => {
  window.ui = SwaggerUIBundle({
    configUrl: '/v3/api-docs/swagger-config',
    dom_id: '#swagger-ui',
    deepLinking: true,
    validatorUrl: 'none',
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: 'StandaloneLayout',
  });
};
