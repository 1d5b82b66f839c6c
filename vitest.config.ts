import { defineConfig } from "vitest/config";

// `plushie/...` imports resolve to the sources in tests, so no build is needed before them.
const resolve = { conditions: ["plushie-source"] };
const ssr = { resolve };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: "unit",
          include: [
            "src/**/*.test.{ts,tsx}",
            "apps/**/*.test.{ts,tsx}",
            "test/{contract,fuzz,docs}/**/*.test.{ts,tsx}",
          ],
          testTimeout: 20_000,
        },
      },
      {
        resolve,
        ssr,
        test: { name: "integration", include: ["test/integration/**/*.test.{ts,tsx}"], testTimeout: 60_000 },
      },
      {
        resolve,
        ssr,
        test: { name: "conformance", include: ["test/conformance/**/*.test.ts"], testTimeout: 30_000 },
      },
      {
        resolve,
        ssr,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.{ts,tsx}"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
