// Prints the secret of a key of VNG for every table that wants one.
import { feedKey, readable } from "./feeds.mjs";

const tables = await readable();
console.log(await feedKey(tables.filter((table) => !table.isPublic).map((table) => table.name)));
