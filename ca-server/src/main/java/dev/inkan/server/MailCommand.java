package dev.inkan.server;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mail VERB}. */
@Command(name = "mail", description = "What became of mails.", mixinStandardHelpOptions = true)
final class MailCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which verb? One of those below");
  }
}
