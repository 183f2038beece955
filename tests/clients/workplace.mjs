// The workplace in headless Chromium (CHROMIUM names it) without scripts, on a screen of 390 px, by people who sign in at a real OpenID
// provider: an officer of Hilversum fills in, sends a corrected workbook back, looks ahead and submits, one of Huizen does it by keyboard
// alone, VNG asks and confirms twenty at once, a region and a partner report, the ministry publishes, and a public page shows it. axe-core
// finds nothing on any page of it. Called by own-postgres.sh, with a clock that is set, since a picture is published once its period has ended.
import { rmSync } from "node:fs";

import { tomorrow } from "./workplace/clock.mjs";
import { folder, start } from "./workplace/service.mjs";

const { base, stop } = await start();
process.on("exit", stop);
process.env.SERVICE_URL = base;
process.env.SCRATCH = folder;
// What looks at pages reads the address of the service first.
const { complaints, finish } = await import("./look/context.mjs");
const municipality = await import("./workplace/municipality.mjs");
const reviewer = await import("./workplace/reviewer.mjs");
const ministry = await import("./workplace/ministry.mjs");
const { worksByKeyboard } = await import("./workplace/keyboard.mjs");
const { worksForRegion } = await import("./workplace/region.mjs");
const { tellsWhatWasReached } = await import("./workplace/partner.mjs");
const { othersHandIn } = await import("./workplace/others.mjs");
const { seen } = await import("./workplace/person.mjs");

const vng = await reviewer.opensPeriod();
console.log("ok VNG opened a period that ends today");
const officer = await municipality.handsIn();
console.log("ok Hilversum filled in beside a colleague and with a corrected workbook, looked ahead and submitted");
console.log(`ok Huizen signed in, filled in and submitted by keyboard alone: ${await worksByKeyboard()} stops, and the receipt as a file`);
await othersHandIn();
await reviewer.asksAndClaims(vng);
await municipality.answersQuestion(officer);
await reviewer.confirmsAll(vng);
await municipality.keepsReceipt(officer);
await municipality.recordsFunction(officer);
await officer.visitEveryPage();
await municipality.signsOut(officer);
console.log("ok VNG asked and was answered, and claimed and confirmed twenty at once");
await worksForRegion();
console.log("ok a region looked ahead and answered, saw its members, reported, and remarked on a proposed edition");
await tellsWhatWasReached();
console.log("ok a partner told what its action reached");
await tomorrow(base);
await ministry.publishes();
console.log("ok the ministry published, and the public page shows it");

rmSync(folder, { recursive: true });
console.log(`ok ${seen()} pages looked at, ${complaints.length} complaints`);
await finish();
process.exit();
