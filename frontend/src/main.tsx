import "./styles/index.css";
import { startAhead } from "./app/ahead";
import { loadCore } from "./shared/i18n/load";
import { importWithRetry } from "./shared/lib/import-with-retry";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

// On its way while everything else is.
startAhead();
// Modules read their texts when they are evaluated, so the texts come first.
await importWithRetry(loadCore);
const { mount } = await importWithRetry(() => import("./app/mount"));
mount(root);
