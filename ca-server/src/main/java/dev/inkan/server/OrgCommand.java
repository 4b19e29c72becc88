package dev.inkan.server;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code org VERB}. */
@Command(name = "org", description = "Member organisations.", mixinStandardHelpOptions = true)
final class OrgCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which verb? One of those below");
  }
}
