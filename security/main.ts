import { runMain } from "../scripts/problem";
import { endOnSignals } from "../scripts/shutdown";
import { runSecurity } from "./run";

endOnSignals(() => 130);
void runMain(() => runSecurity(process.argv.slice(2)));
