package certificate

// Read takes a certificate's file apart to show what it says. It checks no
// signature: what it gives is a claim until Verify has accepted the file.
// Errors: those of Verify about the file's form.
func Read(text []byte) (Certificate, error) {
	f, err := read(text)
	return f.Certificate, err
}
