// Package arch holds the rules of the house as tests. They say which room may
// import which, and keep the habits that make a room easy to read and to test.
// It has no code of its own. A rule that stands in the way is changed here, in
// the open, in the commit that needs it.
package arch
