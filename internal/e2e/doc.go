// Package e2e tests Signoff as people meet it. The whole program runs on each
// of its databases and is called over HTTP through the Go client, with a
// company's own database and folder of documents as data holders. It holds
// nothing but tests; every file shows what it is named after, and reads as a
// list of what works.
package e2e
