// LinePipe: lines of text in and out over two file descriptors, such as the standard streams, that
// a signal may end at any moment.
//
// Never waits in a read or write that a peer could hold up for ever: it asks first whether the
// descriptor is ready, and looks at `stopped` at least once a second. Belongs to one thread; does
// not own the descriptors.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace sqlenv::cli {

class LinePipe {
 public:
  enum class Got { kLine, kTooLong, kEnd };

  // Lines of more than `longest` bytes are too long.
  LinePipe(int in, int out, std::size_t longest, std::function<bool()> stopped);

  // Reads the next line into `line`, without its end; the last line needs none. kTooLong: the line
  // was dropped. kEnd: the input has ended or cannot be read, or it is stopped.
  Got read(std::string& line);

  // Writes the line and an end. False if nobody reads it any more, or it is stopped.
  bool write(std::string_view line);

 private:
  // Waits until the descriptor is ready for `event` of poll(). False if it is stopped.
  bool wait(int descriptor, short event) const;
  bool fill();
  bool write_bytes(std::string_view bytes) const;

  int in_;
  int out_;
  std::size_t longest_;
  std::function<bool()> stopped_;
  bool terminal_;
  std::string pending_;       // read, and not given out yet
  std::size_t searched_ = 0;  // the beginning of pending_ that has no end of line
};

}  // namespace sqlenv::cli
