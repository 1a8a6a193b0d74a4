import java.nio.file.Path;
import java.util.regex.Pattern;
import shadow.se.bjurr.violations.lib.ViolationsApi;
import shadow.se.bjurr.violations.lib.model.Violation;
import shadow.se.bjurr.violations.lib.reports.Parser;

/** Prints what violations-lib, which CI servers read reports with, finds in a report: severity, file, line, rule and message. */
class Violations {
  public static void main(String[] args) {
    Path report = Path.of(args[1]).toAbsolutePath();
    var found =
        ViolationsApi.violationsApi()
            .withPattern(".*/" + Pattern.quote(report.getFileName().toString()) + "$")
            .inFolder(report.getParent().toString())
            .findAll(Parser.valueOf(args[0]))
            .violations();
    for (Violation of : found) {
      System.out.printf(
          "%s\0%s\0%d\0%s\0%s\n",
          of.getSeverity(),
          of.getFile(),
          of.getStartLine(),
          of.getRule(),
          of.getMessage().replace("\n", "\\n"));
    }
  }
}
