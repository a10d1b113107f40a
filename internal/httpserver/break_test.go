package httpserver

// Break closes the listener behind the server's back.
func (s *Server) Break() error { return s.main.listener.Close() }
