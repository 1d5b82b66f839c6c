import { describePad } from "../support/pad-kit.ts";

describePad("mock");
