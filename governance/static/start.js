// The NHS components' own behaviour (error summary focus, details, character count). Pages work without it.
import { initAll } from "./vendor/nhsuk-frontend.min.js";

initAll();
