package dev.inkan.server.installation;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest states. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"inkan-server " + number()};
  }

  /** Such as 0.1.0. */
  public static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
