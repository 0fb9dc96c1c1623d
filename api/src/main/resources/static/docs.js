"use strict";

// Addresses are relative: a proxy may have taken a path prefix off.
SwaggerUIBundle({
    url: "v3/api-docs",
    dom_id: "#description",
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    // none of it is shown to anybody else
    validatorUrl: null,
});
