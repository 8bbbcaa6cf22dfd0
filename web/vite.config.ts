import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";

const server = process.env.GITU_DEV_SERVER ?? "http://127.0.0.1:8000";
const proxied = { target: server, changeOrigin: false, ws: true };

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  plugins: [
    react(),
    VitePWA({
      strategies: "generateSW",
      registerType: "autoUpdate",
      // Registered by hand once the page is idle, so that it never competes with the first paint.
      injectRegister: false,
      manifest: false,
      workbox: {
        globPatterns: ["**/*.{js,css,html,svg,woff2,webmanifest,png}"],
        navigateFallback: "/index.html",
        // What the server answers itself must never be answered from the cache.
        navigateFallbackDenylist: [/^\/api\//, /^\/v1\//, /^\/health\//, /^\/metrics/, /^\/mcp/, /^\/docs/],
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  build: {
    target: "es2023",
    sourcemap: false,
    manifest: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "react", test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 30 },
            // What every screen loads comes in few files: on a slow line each one more costs a way there and back.
            { name: "frame", test: /node_modules[\\/](@tanstack|i18next|react-i18next|openapi-fetch|use-sync-external-store|html-parse-stringify)[\\/]/, priority: 20 },
            // Pictures that several screens show; those of one come with it.
            { name: "frame", test: /node_modules[\\/]lucide-react[\\/]/, minShareCount: 2, priority: 20 },
            { name: "parts", test: /src[\\/](api|ui)[\\/](?!Markdown|markdown|highlight|CodeBlock|Bars|Table|Menu|CopyField)|src[\\/]app[\\/](i18n|preferences|leave)|@mantine[\\/]form/, priority: 10 },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": proxied, "/health": proxied } },
  test: { include: ["tests/*.test.{ts,tsx}"], environment: "node" },
} as Parameters<typeof defineConfig>[0]);
