import { createStore } from "@/shared/lib/store";
import { onForget } from "@/shared/session/session";

/** Whether labels are being renamed and deleted; asked for before what shows it may have come. */
export const managingStore = createStore(false);

onForget(() => managingStore.set(false));
