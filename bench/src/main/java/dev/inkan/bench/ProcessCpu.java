package dev.inkan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux tells of a process and those it started. */
final class ProcessCpu {

  /** Linux counts in hundredths of a second, wherever it is asked (proc(5)). */
  private static final double TICKS_PER_SECOND = 100;

  /** The 14th to 17th field, of which the first two are cut off: its own, and of the ended. */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;

  private ProcessCpu() {}

  /** User and system time so far, in seconds, of the living and of those they saw ending. */
  static double seconds(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToDouble(it -> ofOne(it.pid()))
        .sum();
  }

  private static double ofOne(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = 0; i < TIMES; i++) {
        ticks += Long.parseLong(fields[FIRST_TIME + i]);
      }
      return ticks / TICKS_PER_SECOND;
    } catch (NoSuchFileException e) {
      return 0; // it has ended meanwhile
    } catch (IOException e) {
      throw new IllegalStateException("process " + pid, e);
    }
  }

  /** Resident memory in MiB: {@code VmRSS} now, {@code VmHWM} at most. */
  static double mebibytes(long pid, String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      String line = lines.filter(it -> it.startsWith(field + ":")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
    } catch (IOException e) {
      throw new IllegalStateException("process " + pid, e);
    }
  }
}
