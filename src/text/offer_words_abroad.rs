//! What [`super::offer_words`] has in English, in German, French, Spanish, Italian, Dutch and Portuguese: the same groups in the same
//! order. No word here is one of English prose, nor one of another of these languages with another meaning.

use super::offer_words::Tells;

/// Verbs that, first in a sentence, ask the reader to take what is offered.
pub(super) const URGING: &str = "\
    kaufe kaufen handle handeln investiere investieren sichere sichern starte starten profitiere profitieren entdecke entdecken \
    verdiene verdienen nutze nutzen lege legen eröffne eröffnen trade traden zeichne zeichnen beteilige beteiligen hol hole holen \
    teste testen finanziere finanzieren spare sparen setze setzen werde werden bestelle bestellen wähle wählen steig steige steigen \
    leihe beantrage beantragen vergleiche vergleichen erlebe erleben geniesse geniessen spekuliere spekulieren reserviere reservieren \
    achetez investissez tradez gagnez profitez ouvrez découvrez placez rejoignez négociez épargnez empruntez devenez diversifiez \
    financez simulez demandez obtenez recevez payez réservez choisissez souscrivez participez misez pariez jouez boostez réalisez \
    offrez-vous regroupez roulez étalez achète investis emprunte épargne découvre rejoins deviens \
    compra compre invierte invierta opera opere gana gane abre abra descubre descubra aprovecha aproveche empieza empiece consigue \
    consiga solicita solicite financia financie pide pida ahorra ahorre apuesta apueste elige elija hazte multiplica disfruta \
    disfrute negocia negocie diversifica diversifique participa participe entra entre suscribe suscriba reserva reserve \
    acquista acquisti investi investa guadagna guadagni apri apra scopri scopra inizia inizi diventa fai metti negozia negozi \
    richiedi richieda ottieni ottenga scegli scelga prova provi finanzia diversifica sottoscrivi aderisci approfitta risparmia punta \
    koop beleg investeer handel verdien ontdek profiteer leen spaar vraag sluit kies ontvang krijg stap financier geniet speel \
    regel bestel betaal \
    invista ganhe descubra aproveite comece peça garanta multiplique opere compre faça receba economize diversifique simule aplique assine conheça receba deixe venha";

/// What tells for an offer or against one.
pub(super) const GROUPS: &[(Tells, &[&str])] = &[
    // the seller speaks
    (
        Tells::For(2),
        &[
            "(unser|unsere|unserem|unseren|unserer|unseres|bei uns|mit uns|von uns|wir sind für (sie|dich))",
            "wir (bieten|zahlen|machen|kümmern|finanzieren|helfen|investieren|verwalten|sorgen|übernehmen|prüfen|legen|beraten|geben|begleiten|erheben|verlangen|berechnen|schenken|öffnen|bauen|kaufen|verzinsen|beteiligen)",
            "(ermöglicht|bietet|hilft|bringt|zahlt|schenkt|erlaubt|gibt|garantiert|verhilft) {..1} (ihnen|dir)",
            "(ihr|ihre|dein|deine) {..1} (partner|broker|bank|berater|beraterin|anbieter|plattform|app|onlinebroker)",
            "(notre|nos) {..2} (application|appli|app|plateforme|compte|comptes|carte|cartes|fonds|offre|offres|produit|produits|courtier|courtiers|équipe|équipes|gérant|gérants|expert|experts|conseiller|conseillers|marché|solution|solutions|crédit|crédits|prêt|prêts|obligation*|cryptos|gamme|placement|placements|contrat|contrats|taux|tarif|tarifs|agence|agences|banque|client|clients|investisseurs|gestion|sélection|service|services|simulateur|livret|portefeuille|portefeuilles|stratégie|jeton|jetons|token|robot|formule|complément*|gélules|site|boutique|bourse|cfd|projet|projets)",
            "(chez nous|avec nous|grâce à nous|nous (vous|offrons|proposons|finançons|gérons|sélectionnons|accompagnons|rachetons|étudions|négocions|avons (créé|conçu|lancé|sélectionné)))",
            "(vous|te) (propose|offre|permet|accompagne|aide|donne|garantit|verse|prête|simplifie)",
            "votre {..1} (partenaire|courtier|banque|conseiller|application|appli)",
            "(nuestra|nuestro|nuestras|nuestros) {..2} (app|aplicación|plataforma|cuenta|cuentas|tarjeta|fondo|fondos|oferta|ofertas|producto|productos|bróker|broker|equipo|cartera|carteras|exchange|préstamo|préstamos|crédito|créditos|inversores|clientes|gestores|asesores|expertos|servicio|servicios|estrategia|web|webinarios|cursos|cfd|token|tokens|proyecto|proyectos|simulador|robot|comisiones)",
            "(con nosotros|(te|le|os|les) (ofrece|ofrecemos|damos|ayuda|ayudamos|permite|permitimos|paga|pagamos|presta|prestamos|regala|regalamos|financia|financiamos|acompañamos|garantiza|garantizamos|abrimos))",
            "(ofrecemos|prestamos|financiamos|gestionamos|ponemos a (tu|su)|(tu|su) {..1} (bróker|broker|banco|aliado|socio))",
            "(nostra|nostro|nostri|nostre) {..2} (app|applicazione|piattaforma|conto|conti|carta|fondo|fondi|offerta|offerte|prodotto|prodotti|broker|team|portafogli|portafoglio|prestiti|prestito|soluzioni|soluzione|clienti|investitori|gestori|consulenti|esperti|servizio|servizi|strategia|sito|cfd|token|progetto|progetti|simulatore|robot|commissioni|gestione)",
            "(con noi|da noi|(ti|vi|le) (offriamo|offre|permette|permettiamo|aiuta|aiutiamo|diamo|paga|paghiamo|presta|prestiamo|regala|regaliamo|consente|garantisce|porta|mette))",
            "(offriamo|proponiamo|gestiamo|selezioniamo|finanziamo|abbiamo (creato|lanciato|pensato)|(il tuo|il suo|il vostro|la tua|la sua) {..1} (broker|banca|consulente|partner))",
            "(onze|ons) {..2} (app|platform|rekening|kaart|fonds|fondsen|aanbod|product|producten|broker|team|beurs|lening|leningen|krediet|obligatie|obligaties|beleggers|klanten|adviseurs|beheerders|dienst|strategie|site|website|portefeuille|cfd|token|tokens|project|projecten|kantoor|tarieven|vermogensbeheer)",
            "(bij ons|met ons|via ons|wij bieden|we bieden|bieden wij|bieden we|wij (regelen|zorgen|helpen|lenen|betalen|beheren|beleggen|financieren|rekenen)|we (regelen|helpen|lenen|financieren))",
            "((biedt|geeft|helpt|bezorgt|schenkt) (je|u|jou)|(jouw|uw|je) {..1} (partner|broker|bank|adviseur))",
            "(nossa|nosso|nossos|nossas) {..2} (canal|robô|coe|estratégia|analistas|analista|cotistas|relatórios|ações|fii|casa|app|aplicativo|plataforma|conta|contas|cartão|fundo|fundos|oferta|ofertas|produto|produtos|corretora|equipe|time|carteira|carteiras|empréstimo|empréstimos|crédito|clientes|investidores|gestores|assessores|especialistas|serviço|estratégia|token|robô|gestão)",
            "(com a gente|conosco|connosco|oferecemos|emprestamos|financiamos|(te|lhe) (ajuda|ajudamos|paga|pagamos|oferece|permite|empresta))",
        ],
    ),
    // what the reader is to do
    (
        Tells::For(2),
        &[
            "(jetzt|gleich|heute|noch heute|kostenlos|hier|direkt|online|sofort) {..4} (kaufen|handeln|traden|investieren|starten|anmelden|registrieren|eröffnen|sichern|beantragen|anlegen|loslegen|testen|zeichnen|entdecken|vergleichen|anfragen|abschliessen|bestellen|mitmachen|einsteigen|herunterladen|beteiligen|sparen|berechnen|spielen|wetten|einzahlen|ausprobieren|buchen|vereinbaren|reservieren|finanzieren|teilnehmen|dabei sein|informieren|profitieren)",
            "(kaufen|handeln|investieren|starten|registrieren|eröffnen|sichern|beantragen|testen|zeichnen|entdecken|vergleichen|bestellen|laden|nutzen|profitieren|vereinbaren|geniessen|erleben|holen|überzeugen|vertrauen|reservieren|probieren|rufen|informieren|melden|traden|spekulieren|steigen|beteiligen|sparen|spielen|wetten|verdienen|finanzieren|legen) sie {..2} (jetzt|heute|noch|einfach|direkt|bequem|schon|ab|mit|in|bei|sich|uns|ihr|ihre|ihren|auf|von|unser*|die|den|das|cfd*|aktien|sofort|über|online|als|ohne|kostenlos|an|für)",
            "(investiere|handle|trade|verdiene|eröffne|zeichne|beantrage|teste|kaufe|kauf|setze|spare|lege|starte|entdecke|nutze|beteilige|profitiere|sichere|hol|hole|steig|leg|lade|mach) (jetzt|heute|noch|einfach|direkt|schon|ab|mit|in|bei|dir|dich|dein*|auf|von|unser*|die|den|das|cfd*|sofort|über|online|ein)",
            "(können|kannst|könnten|könntest) (sie|du) {..12} (kaufen|handeln|traden|investieren|anlegen|zeichnen|beteiligen|einsteigen|verdienen|sparen|profitieren|eröffnen|beantragen|setzen|erwerben)",
            "(konto|depot|handelskonto|musterkonto|demokonto) {..1} (eröffnen|testen|in wenigen)",
            "(mehr erfahren|los geht's|worauf warten|nur noch (bis|heute|wenige)|begrenzt* (kontingent|stückzahl|plätze|zeit|auflage)|limitiert*|mindestanlage*|mindestzeichnung*|mindestinvestition|mindesteinlage|aktionscode|gutscheincode|zum (angebot|antrag|projekt|depot)|zur (anmeldung|zeichnung|anlage))",
            "(ouvrez|ouvrir|ouvre|créez|créer|crée) (un|votre|ton|mon) {..2} compte",
            "(inscrivez-vous|inscris-toi|commencez|souscrivez|découvrez|profitez|rejoignez|essayez|simulez|demandez|téléchargez|empruntez|investissez|achetez|tradez|misez|placez|épargnez|réservez|recevez|obtenez|calculez|choisissez|lancez-vous|contactez|appelez|financez|devenez|boostez|négociez|participez|cliquez|comparez|testez|payez|diversifiez|gagnez|jouez|pariez|optez|cumulez|ouvrez|spéculez|regroupez)",
            "(achète|investis|télécharge|rejoins|commence|profite|ouvre|découvre|gagne|emprunte|épargne|essaie|trade|mise|joue|réserve|deviens|place) {..1} (ton|ta|tes|dès|maintenant|gratuitement|aujourd'hui|propriétaire)",
            "(j'investis|je m'inscris|j'en profite|je simule|je découvre|je demande|je souscris|j'ouvre|j'emprunte)",
            "(en savoir plus|offre (limitée|valable)|dernières (chances|places)|code promo|(ticket|investissement|souscription|montant|versement|mise) (minimum|minimale|d'entrée)|dès (aujourd'hui|maintenant)|sans (plus |)attendre|n'attendez plus)",
            "(vous|tu) (pouvez|peux) {..6} (investir|acheter|emprunter|trader|placer|épargner|miser|gagner|souscrire|financer|participer)",
            "(abre|abra|abrir|crea|cree|crear) (tu|su|una) {..2} cuenta",
            "(regístrate|regístrese|solicita|solicite|únete|únase|descarga|descargue|aprovecha|aproveche|contrata|contrate|suscríbete|suscríbase|pide|pídelo|solicítalo|llámanos|apúntate|infórmate|infórmese|hazte|invierta|opere|empiece|comience|descubra|pruebe|abra tu|simule|haz clic|consigue|consiga)",
            "(invierte|opera|empieza|comienza|compra|gana|descubre|prueba|simula|calcula|reserva|elige|financia|apuesta|juega|diversifica|entra|recibe|participa|multiplica|disfruta|ahorra|negocia|pide|cambia) {..1} (tu|tus|ya|ahora|hoy|gratis|desde|con|en|a|nuestr*|sin|hasta|cfd*)",
            "(puedes|puede usted|podrás) {..4} (invertir|comprar|operar|ganar|ahorrar|negociar|participar|financiar|pedir)",
            "(inversión|importe|aportación|depósito|ticket) (mínima|mínimo)",
            "(oferta limitada|plazas limitadas|últimas plazas|no (te lo pierdas|esperes|dejes pasar)|hoy mismo|más información|código promocional)",
            "(apri|apra|aprire|crea) (un|il|il tuo|il suo|subito|ora) {..2} conto",
            "(registrati|si registri|inizia|inizi|iscriviti|scarica|scarichi|scopri|scopra|richiedi|richieda|approfitta|unisciti|prova|provi|investi|investa|acquista|acquisti|guadagna|negozia|opera|punta|scegli|scelga|calcola|prenota|diventa|sottoscrivi|risparmia|finanzia|metti|gioca|ottieni|diversifica|partecipa|compra|aderisci) {..2} (ora|subito|oggi|gratis|la|le|il|i|lo|l'app|con|da|in|nel|nei|sui|su|un|una|tuo|tua|tuoi|tue|suo|suoi|fino|senza|nostro|nostra|nostri|al|anche|bitcoin|cfd)",
            "(puoi|può|potrai) {..4} (investire|comprare|acquistare|negoziare|guadagnare|risparmiare|partecipare|finanziare|richiedere)",
            "(investimento|importo|versamento|deposito|ticket) minimo",
            "(posti limitati|offerta limitata|non (perdere|aspettare|lasciarti)|fai trading|per saperne di più|clicca (qui|sul)|codice promo*)",
            "(open|maak) {..2} (rekening|account)",
            "(begin|start|schrijf|meld|investeer|beleg|koop|open|vraag|leen|handel|spaar|ontdek|sluit|stap|doe|neem|probeer|download|bestel|regel|profiteer|kies|bereken|speel|financier|verhandel) {..5} (vandaag|nu|direct|meteen|gratis|aan|in|mee|af|online|onze|ons|vanaf|zonder|met|je|jouw|uw|bij|je in|u in|binnen)",
            "((kun|kan|kunt) (je|u|jij)|(je|u|jij) (kunt|kan)) {..8} (beleggen|investeren|kopen|lenen|handelen|verdienen|sparen|deelnemen|instappen|verhandelen|financieren)",
            "(minimale (inleg|deelname|investering)|minimum inleg|meer informatie|wees er snel bij|op is op|laatste kans|nog maar)",
            "(assine|reserve|aplique|veja|acesse) {..2} (agora|já|hoje|seu|sua|seus|suas|o|a|grátis|conosco|pelo)",
            "(fale|converse) com {..2} (assessor|consultor|especialista|time|equipe|nós|a gente)",
            "(abra sua conta|torne-se {..1} (assinante|cliente|membro)|baixe grátis|aplicação (inicial|mínima)|valor mínimo|mínimo de (r$|{money}))",
            "(investir|aplicar|assinar|reservar|comprar|quero) (agora|já|hoje|a lista|minha)",
            "(abra|crie) (a sua|sua|uma) {..1} conta",
            "(cadastre-se|inscreva-se|comece|baixe|invista|aproveite|peça|simule|garanta|descubra|ganhe|compre|faça|receba|opere|conheça|solicite|contrate|participe) {..2} (agora|já|hoje|seu|sua|seus|suas|o|a|os|as|grátis|com|em|no|na|pelo|nosso|nossa|até|sem)",
            "(você (pode|recebe|ganha|investe)|(investimento|aplicação|aporte) (mínimo|mínima|inicial)|últimas vagas|vagas limitadas|clique (aqui|no)|saiba mais|não perca)",
        ],
    ),
    // the reader's gain
    (
        Tells::For(1),
        &[
            "(dein|deine|deinem|deinen|deiner|dich)",
            "(melde|lass|wähle|schau|komm|freu|freue) {..1} (dich|dein*|jetzt|mit)",
            "(ihr|ihre|ihrem|ihren|ihrer) {..1} (geld|vermögen|depot|zukunft|erspartes|ersparten|kapital|portfolio|rendite|einstieg|konto|wunsch*|traum*|projekt|vorhaben|investment|anlage|einlage|ziele|ruhestand|familie|gewinn*|guthaben|wallet|rente|cfd*|handelskonto|kredit|rate)",
            "(für (sie|ihre|ihr) |(erhalten|bekommen|verdienen|profitieren|investieren|zahlen|handeln|sparen|wählen) sie|(sie|du) (erhalten|erhältst|bekommen|bekommst|profitieren|profitierst|verdienen|verdienst|zahlen nur|handeln|wählen|entscheiden|investieren|legen))",
            "(votre|vos|ton|tes) {..1} (argent|épargne|avenir|capital|patrimoine|portefeuille|projet|projets|placement|placements|retraite|économies|rêve|rêves|envies|achat|achats|budget|mensualité*|crédit|crédits|prêt|compte|famille|gains|mise|pouvoir|futur|voiture|logement|maison|rythme|besoins|trésorerie|vacances|travaux|trading|investissement*|rendement)",
            "(pour vous|vous (pouvez|choisissez|recevez|gagnez|payez|investissez|touchez|décidez|profitez|gardez|bénéficiez|empruntez))",
            "(tu|tus|su|sus) {..1} (dinero|ahorro|ahorros|futuro|capital|cartera|inversión|inversiones|patrimonio|proyecto|proyectos|sueño*|cuenta|bolsillo|familia|coche|casa|hogar|hipoteca|ganancia*|trading|operativa|jubilación|vida|compras|móvil)",
            "(para ti|para usted|tú (decides|eliges)|recibes|puedes|podrás)",
            "(tuo|tuoi|tua|tue|suo|suoi|sua|sue) {..1} (denaro|soldi|risparmi|futuro|capitale|portafoglio|investimento|investimenti|progetto|progetti|patrimonio|sogni|sogno|conto|casa|auto|famiglia|guadagni|trading|obiettivi|pensione)",
            "(per te|puoi|potrai|ricevi|decidi tu|scegli tu)",
            "(je|jouw|uw) {..1} (geld|spaargeld|toekomst|vermogen|portefeuille|rendement|inleg|droom|dromen|plannen|wensen|pensioen|huis|auto|gezin|doelen|winst|rekening|telefoon|aankoop|lening|kapitaal)",
            "(voor (jou|u)|(krijgt|ontvangt|betaalt|kiest|bepaalt) u|u (krijgt|ontvangt|betaalt|kiest|bepaalt|profiteert)|(krijg|ontvang|betaal|kies) je|je (krijgt|ontvangt|betaalt|kiest|bepaalt|profiteert|kunt))",
            "(seu|sua|seus|suas) {..1} (dinheiro|futuro|patrimônio|carteira|investimento|investimentos|poupança|renda|capital|sonho*|bolso|conta|família|aposentadoria|projeto*|casa|ganhos|lucro*)",
            "(para você|para si|na palma da mão)",
        ],
    ),
    // terms
    (
        Tells::For(1),
        &[
            "(ab|nur|bis zu|à partir de|dès|seulement|jusqu'à|desde|solo|hasta|a partire da|da soli|fino a|vanaf|slechts|tot|a partir de|apenas|até) {..2} ({money}|{percent})",
            "({percent}|{number} prozent) {..2} (pro jahr|im jahr|p.a.|p.a|zinsen|zins|rendite|verzinsung|festzins|jährlich|effektiv*|bonus|par an|l'an|de rendement|rendement|taeg|taea|anual|al año|tae|tin|de rentabilidad|annuo|annui|all'anno|taeg|tan|di rendimento|per jaar|rente|jkp|rendement|ao ano|ao mês|a.a.)",
            "(zinsen|zins|rendite|verzinsung|taux|rendement|rentabilidad|rendimento|interessi|interés|rente|juros) {..3} {percent}",
            "({money} {..2} (bonus|prämie|startguthaben|geschenkt|offerts|de regalo|in regalo|cadeau|de bônus)|cashback|willkommensbonus|neukundenbonus|bono de bienvenida|bonus di benvenuto|bonus de bienvenue|welkomstbonus)",
            "((hebel|levier|apalancamiento|leva|hefboom|alavancagem) {..3} {number}|(enge*|serrés|bajos|ridotti|lage) spreads|spreads {..1} (ab|dès|desde|da|vanaf|ridotti|serrés))",
            "(laufzeit|durée|plazo|durata|looptijd|prazo) {..3} {number}",
            "((recevez|obtenez|empruntez|erhalten|erhalte|recibe|ricevi|ontvang|receba) {..4} {money}|réponse (immédiate|de principe)|respuesta inmediata|risposta immediata|sofortzusage)",
            "(ohne|keine|null) (gebühren|ordergebühren|kosten|provision|provisionen|kommission|schufa*|ausgabeaufschlag|papierkram|vorkenntnisse|mindest*|versteckte*)",
            "(sans|zéro|aucuns|0 € de) (frais|commission|commissions|engagement|justificatif|apport|paperasse|dossier)",
            "(sin|cero) (comisiones|comisión|costes|gastos|papeleo|permanencia|letra|intereses|nómina|aval)",
            "(senza|zero|nessuna) (commissioni|commissione|costi|spese|burocrazia|vincoli|garanzie|busta)",
            "(zonder|geen) (kosten|commissie|commissies|papierwerk|verborgen|gedoe|bkr*)",
            "(sem|zero) (taxas|taxa|corretagem|custos|burocracia|mensalidade|anuidade)",
        ],
    ),
    // haste and ease
    (
        Tells::For(1),
        &[
            "(in (wenigen|nur {word}|{number}|fünf|zehn|drei) (minuten|schritten|klicks|sekunden)|sofort|einfach|bequem|schnell*|leicht|leicht gemacht|unkompliziert|spielend|mühelos|mit wenigen klicks|per app|rund um die uhr)",
            "(en (quelques|{number}|cinq|dix|trois) (minutes|clics|secondes)|facile|facilement|simplement|rapide|rapidement|en toute (simplicité|liberté)|immédiat*|instantané*|{number}h/24)",
            "(en (minutos|segundos|(pocos|pocas|{number}|cinco|diez|tres|dos) (minutos|clics|pasos|segundos))|fácil|fácilmente|rápido|rápida|sencillo|sencilla|al instante|en un clic|100% online)",
            "(in (pochi|poche|{number}|cinque|dieci|tre) (minuti|clic|passi|secondi)|facile|facilmente|semplice|semplicemente|subito|veloce|in un clic|immediat*)",
            "(in (een paar|enkele|{number}|vijf|tien|drie) (minuten|klikken|tellen|stappen)|binnen (een dag|{number} (uur|minuten|dagen))|makkelijk|gemakkelijk|eenvoudig|meteen|zo geregeld|snel)",
            "(em (poucos|{number}|cinco|dez) (minutos|cliques|passos)|fácil|rápido|simples|na hora|sem complicação)",
        ],
    ),
    // praise
    (
        Tells::For(1),
        &[
            "(ausgezeichnet*|führend*|exklusiv*|attraktiv*|chance|chancen|lukrativ*|renditestark*|testsieger|preisgekrönt*|einzigartig*|günstig*|erfahren*|bewährt*|nachhaltig*|zukunftssicher*|vertrauen)",
            "(primé|primée|exclusif|exclusive|exclusifs|exclusives|attractif|attractive|attractifs|opportunité*|avantageux|avantageuse|unique|meilleur|meilleure|meilleurs|leader|performant*|clé en main)",
            "(galardonad*|líder|líderes|exclusiv*|oportunidad*|ventajos*|atractiv*|mejor|mejores|únic*)",
            "(esclusiv*|vantaggios*|opportunità|premiat*|miglior*|conveniente|unic*)",
            "(bekroond*|toonaangevend*|aantrekkelijk*|kans|kansen|voordelig*|exclusie*|beste|uniek*|betrouwbare partner)",
            "(premiad*|oportunidade*|melhor|melhores|exclusiv*|vantajos*)",
        ],
    ),
    // news
    (
        Tells::Never(2),
        &[
            "(sagte|sagt|teilte|laut|berichtet*|erklärte|sprecher*|umfrage|analysten|gestern|(letzte|vergangene) woche|am (montag|dienstag|mittwoch|donnerstag))",
            "(a déclaré|ont déclaré|selon (la|les|un|une|des|l'*)|a annoncé|porte-parole|a indiqué|sondage|la semaine dernière|d'après (la|les|une|l'*))",
            "(según (el|la|los|las|un|una|datos|fuentes)|dijo|anunció|informó|declaró|portavoz|encuesta|la semana pasada|ayer)",
            "(secondo (il|la|gli|le|un|una|l'*)|ha detto|ha annunciato|ha dichiarato|portavoce|sondaggio|la settimana scorsa|ieri)",
            "(volgens|zei|meldde|meldt|woordvoerder|aldus|gisteren|vorige week|enquête)",
            "(segundo (o|a|os|as|dados|um|uma)|disse|anunciou|informou|porta-voz|ontem|na semana passada)",
        ],
    ),
    // law and its keepers
    (
        Tells::Never(2),
        &[
            "(verordnung|richtlinie|aufsichtsbehörde*|aufsichtsrecht*|gesetz|gesetze|gesetzes|gesetzgeber*|gericht|gerichte|behörde|behörden|absatz {number}|artikel {number}|paragraf*|urteil|bussgeld*|bundestag|im sinne d*|nummer {number}|satz {number})",
            "(anbieter|emittenten|unternehmen|banken|kreditgeber|veranstalter|werbung|steuerpflichtige*) {..1} (müssen|muss|dürfen|darf|sollen)",
            "(règlement (ue|européen|général|délégué)|réglementation|directive|tribunal|loi|lois|amende|l'article {word}|décret|jurisprudence|ordonnance|législat*|régulateur|fsma|(prêteurs|annonceurs|établissements|prestataires|banques) (doivent|ne peuvent|sont tenus))",
            "(reglamento|directiva|ley|leyes|tribunal|multa|multas|sanción|sanciones|sancionad*|artículo {number}|decreto|normativa|supervisor|regulador|(empresas|entidades|anunciantes|plataformas) (deben|deberán|no pueden|tienen que))",
            "(regolamento (ue|europeo|delegato|consob)|direttiva|legge|leggi|tribunale|multa|sanzion*|articolo {number}|decreto|normativa|autorità|(imprese|banche|intermediari|operatori) (devono|non possono|sono tenut*))",
            "(verordening|richtlijn|toezichthouder*|rechter|rechtbank|boete|boetes|wetgeving|de wet|artikel {number}|(aanbieders|bedrijven|banken|kredietverstrekkers) (moeten|mogen))",
            "(resolução|regulação|regulamento|supervisão|(da|na|pela) lei|decreto|artigo {number}|tribunal|(empresas|corretoras|instituições) (devem|deverão|não podem))",
        ],
    ),
    // fraud and harm
    (
        Tells::Never(2),
        &[
            "(betrug*|betrüger*|warnt|warnte|gewarnt|opfer|abzocke|geschädigt*|verbraucherzentrale|verbraucherschützer*|staatsanwaltschaft|insolvenz*|insolvent*|festgenommen|ermittelt|ermittlungen|schuldnerberatung|überschuld*|spielsucht)",
            "(arnaque*|frauduleu*|escroc*|victime*|alerte sur|met en garde|mettent en garde|plainte*|surendett*|méfiez*|interpellé*|addiction)",
            "(estafa*|fraude*|víctima*|advierte|advierten|alerta (de|sobre|ante)|denuncia*|sobreendeud*|detenid*|ludop*|cuidado con)",
            "(truff*|oscura*|abusivamente|frode|frodi|vittim*|avverte|denunc*|sovraindebit*|arrestat*|ludopat*|attenzione a)",
            "(oplicht*|slachtoffer*|waarschuwt|waarschuwen|fraude*|verslav*|aangifte|gedupeerd*|schuldhulp*|nibud)",
            "(golpe*|vítima*|alerta (para|sobre)|denúncia*|pirâmide*|endividad*)",
        ],
    ),
    // explanation
    (
        Tells::Never(1),
        &[
            "(bezeichnet*|versteht man|definition|begriff|glossar|désigne|désignent|on appelle|définition|glossaire|se denomina|se define|definición|glosario|si intende|definizione|glossario|betekent|begrip|definitie|woordenlijst|denomina-se|definição|glossário)",
            "(ist|sind|est|sont|es|son|è|is|zijn|é) (ein|eine|un|une|una|een|um|uma) (art|form|vertrag|begriff|type|forme|contrat|tipo|contrato|forma|contratto|soort|vorm|instrument|strumento|instrumento)",
        ],
    ),
    // software
    (
        Tells::Never(2),
        &[
            "(schnittstelle|quelltext|quellcode|datenbank|konfiguration*|testnetz|base de données|code source|código fuente|base de datos|codice sorgente|broncode|código-fonte)",
        ],
    ),
    // help with what the reader has
    (
        Tells::Against(2),
        &[
            "(passwort|kennwort|fehlermeldung|einloggen|mot de passe|se connecter|contraseña|iniciar sesión|accedi al|wachtwoord|inloggen|senha)",
        ],
    ),
];
