import { describePad } from "../support/pad-kit.ts";
import "./support/kit-browser.ts";

describePad("headless");
