// Package walks has nothing but tests: people walk through the pages in a real
// Chromium, from the first page to the last.
package walks
