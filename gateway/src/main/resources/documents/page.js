// Shows the API's document; nothing is sent to anybody else.
window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: '/v3/api-docs',
    dom_id: '#swagger-ui',
    deepLinking: true,
    validatorUrl: 'none',
    defaultModelsExpandDepth: 0, // schemas are shown where they are used; the list of all is folded
    docExpansion: 'none',
    filter: true,
    persistAuthorization: false, // a token of the tab is gone with the tab
    presets: [SwaggerUIBundle.presets.apis],
  });
};
