package dev.inkan.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH benchmarks in processes of their own. */
final class Jmh {

  private static final TimeValue WARM_UP = TimeValue.seconds(2);
  private static final TimeValue MEASURE = TimeValue.seconds(1);

  private Jmh() {}

  /** What one benchmark came to: nanoseconds of CPU time, and octets that the heap grew by. */
  record Outcome(Measured nanoseconds, Measured heap) {}

  /**
   * Every benchmark of a class, by its method's name.
   *
   * @param batch how many single shots are measured as one, as Linux counts hundredths of a second
   */
  static Map<String, Outcome> run(
      Class<?> benchmarks, String heap, int warmUps, int measurements, int batch) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmarks.getName() + "\\..*")
            .forks(1)
            .threads(1)
            .warmupIterations(warmUps)
            .warmupTime(WARM_UP)
            .measurementIterations(measurements)
            .measurementTime(MEASURE)
            .measurementBatchSize(batch)
            .shouldDoGC(true)
            .shouldFailOnError(true)
            .addProfiler(CpuTime.class)
            .addProfiler(HeapGrowth.class)
            .jvmArgs(heap, Logs.QUIET, "-Dinkan.bench.entries=" + CrlScene.ENTRIES)
            .verbosity(VerboseMode.SILENT);
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      Map<String, Outcome> outcomes = new HashMap<>();
      for (RunResult result : results) {
        String name = result.getParams().getBenchmark();
        outcomes.put(
            name.substring(name.lastIndexOf('.') + 1),
            new Outcome(values(result, CpuTime.LABEL), values(result, HeapGrowth.LABEL)));
      }
      return outcomes;
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Measured values(RunResult result, String label) {
    return new Measured(
        result.getBenchmarkResults().stream()
            .flatMap(it -> it.getIterationResults().stream())
            .map((IterationResult it) -> score(it, label))
            .collect(Collectors.toList()));
  }

  private static double score(IterationResult iteration, String label) {
    return Objects.requireNonNull(iteration.getSecondaryResults().get(label), label).getScore();
  }
}
