#include "core/task/generate/name_words.h"

#include <algorithm>

#include "core/base/english.h"
#include "core/base/text.h"

namespace sqlenv::generate {
namespace {

// "word=meaning" between blanks.
constexpr std::string_view kAbbreviations =
    " qty=quantity amt=amount num=number nr=number no=number nbr=number cnt=count pct=percent "
    "yr=year yrs=years hr=hour hrs=hours mins=minutes dob=date_of_birth cd=code desc=description "
    "descr=description addr=address dept=department emp=employee cust=customer prod=product "
    "mgr=manager acct=account tot=total txn=transaction trans=transaction msg=message "
    "loc=location org=organisation lvl=level rnk=rank ht=height wt=weight lat=latitude "
    "lng=longitude lon=longitude tz=time_zone ts=timestamp dt=date bal=balance freq=frequency "
    "cand=candidate cur=currency disc=discount exp=experience dur=duration "
    "temp=temperature hum=humidity "
    "batt=battery "
    "elev=elevation lname=last_name fname=first_name pos=position "
    "dest=destination cat=category "
    "url=URL isbn=ISBN issn=ISSN doi=DOI imdb=IMDb orcid=ORCID iban=IBAN ssn=SSN sku=SKU ip=IP "
    "gps=GPS gdp=GDP gnp=GNP gpa=GPA vat=VAT mpg=MPG tv=TV dvd=DVD html=HTML pdf=PDF uk=UK un=UN "
    "usa=USA eu=EU nba=NBA bmi=BMI dna=DNA hq=HQ iso=ISO ";

constexpr std::string_view kUnits =
    " kg=kg mg=mg lb=lb lbs=lb oz=oz cm=cm km=km mm=mm ft=ft mi=miles m2=m2 km2=km2 ha=ha usd=USD "
    "eur=EUR gbp=GBP chf=CHF jpy=JPY inr=INR ms=ms pct=percent percent=percent kw=kW kwh=kWh hz=Hz "
    "mhz=MHz ghz=GHz mph=mph kmh=km/h kph=km/h mb=MB gb=GB kb=KB ml=ml kcal=kcal sqm=m2 "
    "sqft=square_feet ";

// Units whose names mean something else too: they count after a word of kMeasures.
constexpr std::string_view kShortUnits =
    " g=g t=t m=m s=seconds sec=seconds secs=seconds min=minutes mins=minutes h=hours hr=hours "
    "hrs=hours d=days c=degrees_C f=degrees_F v=V w=W l=l ";
constexpr std::string_view kMeasures =
    " weight mass height length width depth elevation altitude distance duration delay wait "
    "runtime latency battery voltage power temperature size diameter radius volume ";

// Participles without "-ed".
constexpr std::string_view kParticiples =
    " born sent paid sold bought built made won lost held given taken seen known shown written "
    "wrote drawn grown driven spoken broken chosen fallen met kept taught caught found told spent "
    "led fed come became begun sung flown worn done gone hurt hidden eaten bred understood wed ";

constexpr std::string_view kNoParticiples =
    " speed seed breed feed need bed weed shed deed greed creed steed sled hundred red embed "
    "med unified reed airspeed ";

// Third persons that begin names of relations.
constexpr std::string_view kThirdPersons =
    " has have is was plays owns takes makes knows likes follows attends teaches serves lives "
    "belongs contains includes speaks writes wrote cites prescribes undergoes treats manages "
    "supervises employs directs produces composes sings eats drinks buys sells uses borrows lends "
    "drives flies beats loves hates befriends mentions reads operates appears acts stars "
    "participates competes performs connects refers depends requires accepts allows accelerate "
    "accelerates works reports remaining starring featuring since until during ";

constexpr std::string_view kPrepositions =
    " by at on in for to from of since until till with into onto under via as per ";

constexpr std::string_view kAdverbs = " back out off up down over away ago active due ";

// Nouns before a participle or an adjective, as in "date arrived".
constexpr std::string_view kMeasured =
    " date time day year month amount points hours minutes seconds days weeks months years miles "
    "games matches goals ";

constexpr std::string_view kForeign =
    " stadt staedte laender fluss bundesland einwohner flaeche hauptstadt kuerzel bezeichnung "
    "gegruendet plz breite laenge hoehe strasse ort vorname nachname geburtsdatum datum kunde "
    "kunden artikel bestellung preis menge anzahl liegt muendet quelle ufer kreisfrei verein "
    "mitglied spieler abteilung mitarbeiter gehalt schueler lehrer fach rechnung buch autor verlag "
    "jahr beruf telefon pays nom prenom ville villes superficie habitants adresse "
    "prix quantite commande commandes produit produits fournisseur employe salaire "
    "annee livre auteur nombre apellido apellidos fecha ciudad pais provincia direccion telefono "
    "cliente clientes pedido pedidos precio cantidad producto productos empleado empleados sueldo "
    "libro edad correo nome cognome citta indirizzo prezzo quantita fattura ordine ordini "
    "prodotto cidade endereco preco quantidade produto funcionario salario titulo "
    "titre titolo membre adhesion ue nb naam stad straat klant bestelling prijs aantal ";

std::string_view meaning_of(std::string_view pairs, std::string_view word) {
  const std::string key = " " + to_lower(word) + "=";
  const std::size_t at = pairs.find(key);
  if (at == std::string_view::npos) return "";
  const std::size_t start = at + key.size();
  return pairs.substr(start, pairs.find(' ', start) - start);
}

bool has_vowel(std::string_view word) {
  return to_lower(word).find_first_of("aeiouy") != std::string::npos;
}

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

}  // namespace

bool is_listed(std::string_view list, std::string_view word) {
  return !word.empty() && list.find(" " + to_lower(word) + " ") != std::string_view::npos;
}

std::string_view spelled_out(std::string_view word) { return meaning_of(kAbbreviations, word); }

std::string_view unit_name(std::string_view word, std::string_view before) {
  // "min" after a length is as likely a minimum.
  const bool minimum =
      to_lower(word) == "min" && !is_listed(" duration delay wait runtime ", before);
  if (is_listed(kMeasures, before) && !minimum)
    if (const std::string_view name = meaning_of(kShortUnits, word); !name.empty()) return name;
  return meaning_of(kUnits, word);
}

bool is_participle(std::string_view word) {
  const bool regular = word.size() > 3 && word.ends_with("ed") && !is_listed(kNoParticiples, word);
  return regular || is_listed(kParticiples, word);
}

bool is_preposition(std::string_view word) { return is_listed(kPrepositions, word); }

bool is_verbal(const std::vector<std::string>& words) {
  if (is_listed(kThirdPersons, words.front()) || is_preposition(words.front()) ||
      is_preposition(words.back()))
    return true;
  const bool adverb = words.back() == "since" || is_listed(kAdverbs, words.back());
  const bool verb = is_listed(" follows likes has ", words.back());
  if (words.size() > 1 && (adverb || verb)) return true;
  if (is_participle(words.front()) && std::any_of(words.begin() + 1, words.end(), is_preposition))
    return true;
  if (!is_participle(words.back())) return false;
  return words.size() == 1 ||
         !(is_listed(kMeasured, words[words.size() - 2]) || is_plural(words[words.size() - 2]));
}

bool has_riddle(const std::vector<std::string>& words) {
  constexpr std::string_view kRiddles =
      " disp cyl op dep arr crs fl carb req qsec tmin tmax tavg los enroll ";
  for (const std::string& word : words)
    if (is_listed(kRiddles, word)) return true;
  for (const std::string& word : words)
    if (word.size() > 1 && !is_digit(word.back()) && !is_capital(word.back()) && !has_vowel(word) &&
        (word.front() & '\x80') == 0)
      return true;
  return false;
}

bool is_foreign(std::string_view word) { return is_listed(kForeign, word); }

}  // namespace sqlenv::generate
