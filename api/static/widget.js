/** The one file another site loads: it brings the <acs-line-chat> element. Paths are absolute so that it works from any address of the line. */
import "/static/js/chat/element.js";
