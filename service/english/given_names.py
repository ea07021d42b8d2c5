"""Given names by the pronoun that nearly always goes with them; shared ones are left out."""

HE = frozenset(
    """
    aaron abdul adam adrian ahmed alan albert alexander alfred ali anders andrew andrey anthony
    antonio arthur barack ben benjamin bernard bernie bill bob boris brad brandon brett brian
    bruce bryan carl carlos charles chester chris christopher chuck craig dan daniel dave david
    dean dennis dick dmitry don donald doug douglas dwight ed eddie edward emmanuel eric ernest
    eugene evan francis francisco frank franklin fred frederick gary george gerald giuseppe
    glenn gordon greg gregory hans harold harry hassan hector henry herbert howard hugh hugo ian
    ibrahim igor isaac ivan jack jacob jake james jared jason jay jeff jeffrey jeremy jerome
    jerry jim jimmy joe joel john johnny jon jonathan jorge jose joseph joshua josé juan julian
    justin karl keith ken kenneth kevin klaus kyle larry lawrence leo leon leonard lou louis
    lucas luis luke marco marcus mario mark martin marvin matt matthew max michael miguel mike
    mikhail mitch mitt mohamed mohammad mohammed muhammad nathan neil newt nicholas nick nigel
    nikolai norman oleg oliver omar oscar patrick paul pedro pete peter phil philip phillip
    pierre rafael ralph ray raymond rex ricardo richard rick robert roberto rodney roger roland
    ron ronald ross roy rudy russell ryan samuel scott sean sergei sergey seth simon stanley
    stefan stephen steve steven stuart ted terrence theodore thomas tim timothy todd tom tommy
    tony victor vincent vladimir volodymyr walter warren wayne william xavier yuri zachary
    """.split()
)
SHE = frozenset(
    """
    abigail alexandria alice alicia alison amanda amy ana andrea angela anita ann anna anne
    annie barbara beatrice bernadette beth betsy betty beverly brenda bridget britney camilla
    carla carly carmen carol caroline carolyn catherine cathy cecilia charlotte cheryl christina
    christine cindy claire clara claudia condoleezza connie cynthia deborah debbie debra denise
    diana diane dianne donna doris dorothy edith eileen elena elisabeth elise elizabeth ella
    ellen elsa emily emma erica erin esther ethel eva eve evelyn fatima fiona florence frances
    gabriela gail gina gloria grace gretchen hannah harriet heather helen hillary ida ingrid
    irene iris isabel ivanka jacqueline jane janet janice jean jeanne jennifer jenny jessica
    jill jo joan joanna joyce judith judy julia julie kamala karen karine kate katherine
    kathleen kathryn kathy katie kayleigh kellyanne kirsten kristen kristi laura lauren leah
    lena lillian linda lisa liz loretta lori louise lucy lydia madeleine maggie margaret maria
    marie marina marjorie marlene martha mary maureen megan melania melissa meredith michelle
    mildred miriam molly monica nadia nancy natalia natalie natasha nikki nina nora olga olivia
    pamela patricia paula penny phyllis rachel rebecca renee rita roberta rosa rose ruth sally
    samantha sandra sara sarah sharon sheila shirley silvia sofia sonia sophia sophie stacey
    stephanie susan suzanne sylvia tamara tammy tanya tara teresa theresa tina tulsi ursula
    valerie vanessa veronica victoria virginia vivian wanda wendy yolanda yvonne zoe
    """.split()
)
