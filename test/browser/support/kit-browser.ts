// Where the test kit finds its browser in these tests.

process.env["PLUSHIE_CHROMIUM"] ??= "/usr/bin/chromium";
// As root, as in most containers, a browser does not run in its sandbox; everything drawn here is our own.
if (process.getuid?.() === 0) process.env["PLUSHIE_CHROMIUM_NO_SANDBOX"] ??= "1";
