import java.nio.file.Path;
import org.ofdrw.converter.ofdconverter.PDFConverter;

/** A PDF as OFD: java -cp 'jars/*' Convert.java in.pdf out.ofd */
class Convert {
    public static void main(String[] paths) throws Exception {
        try (PDFConverter converter = new PDFConverter(Path.of(paths[1]))) {
            converter.convert(Path.of(paths[0]));
        }
    }
}
