// Before anything else is loaded: dates are formatted for the browser's region.
Object.defineProperty(navigator, "languages", { value: ["en-GB"] });
