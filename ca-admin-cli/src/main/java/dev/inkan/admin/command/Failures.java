package dev.inkan.admin.command;

import dev.inkan.admin.client.ProblemException;
import dev.inkan.admin.client.SettingsException;
import dev.inkan.admin.client.UnreachableException;
import dev.inkan.admin.json.JsonFormatException;
import dev.inkan.admin.output.OutputClosedException;
import dev.inkan.admin.output.Style;
import dev.inkan.admin.terminal.Terminal;
import dev.inkan.core.api.Problem;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong and what to do next, and how the command ends. */
public final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private static final int SUGGESTIONS = 2;

  private final Terminal terminal;

  public Failures(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine line, ParseResult parsed)
      throws Exception {
    if (e instanceof OutputClosedException) {
      return ExitStatus.NOBODY_READS;
    }
    terminal.out().flush(); // what was found so far comes first
    if (e instanceof ProblemException refused) {
      return refused(refused);
    }
    if (e instanceof StoppedException stopped) {
      return say(stopped.exitStatus(), message(e), stopped.tryNext());
    }
    if (e instanceof SettingsException settings) {
      return say(ExitStatus.USAGE, message(e), List.of(settings.tryNext()));
    }
    if (e instanceof UnreachableException unreachable) {
      return say(ExitStatus.UNREACHABLE, message(e), unreachable.tryNext());
    }
    if (e instanceof JsonFormatException) {
      return say(
          ExitStatus.FAILED,
          "the server's answer cannot be understood (" + message(e) + ")",
          List.of(
              "check that --server names the admin API, and that inkan-admin is as new as the"
                  + " server"));
    }
    throw e;
  }

  private int refused(ProblemException refused) {
    Problem problem = refused.problem();
    String number =
        problem.status() / 100 == 5
            ? " (number " + problem.requestNumber() + " in the server's log)"
            : "";
    error(problem.detail() + number);
    if (problem.fields().size() > 1) {
      problem.fields().forEach(it -> terminal.err().println("  " + it.field() + " " + it.wrong()));
    }
    problem.tryNext().forEach(this::advise);
    terminal.err().flush();
    return ExitStatus.of(refused.type(), problem.status());
  }

  private int say(int status, String message, List<String> tryNext) {
    error(message);
    tryNext.forEach(this::advise);
    terminal.err().flush();
    return status;
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = terminal.err();
    if (message(e).startsWith("Missing required subcommand")) {
      line.usage(err, line.getColorScheme());
      err.flush();
      return ExitStatus.USAGE;
    }
    error(e instanceof UnmatchedArgumentException it ? unmatched(it, line) : said(e));
    if (e instanceof UnmatchedArgumentException unmatched) {
      unmatched.getSuggestions().stream()
          .limit(SUGGESTIONS)
          .forEach(it -> advise(line.getCommandSpec().qualifiedName() + " " + it));
    }
    advise(line.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitStatus.USAGE;
  }

  /** Picocli counts arguments from 0; the clerk knows what was typed. */
  private static String said(ParameterException e) {
    return message(e)
        .replaceFirst("^Invalid value for positional parameter at index \\d+ \\([^)]*\\): ", "")
        .replaceFirst("^Invalid value for option '([^']*)'(?: \\([^)]*\\))?: ", "$1: ");
  }

  private static String unmatched(UnmatchedArgumentException e, CommandLine line) {
    String first = e.getUnmatched().get(0);
    if (first.startsWith("-")) {
      return line.getCommandSpec().qualifiedName() + " has no option " + first;
    }
    return line.getSubcommands().isEmpty()
        ? "«" + first + "» is one argument too many"
        : line.getCommandSpec().qualifiedName() + " has no command «" + first + "»";
  }

  private void error(String message) {
    terminal.err().println(Style.BAD.paint("error:", terminal.coloursErr()) + " " + message);
  }

  private void advise(String what) {
    terminal.err().println(Style.STRONG.paint("try:", terminal.coloursErr()) + " " + what);
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
