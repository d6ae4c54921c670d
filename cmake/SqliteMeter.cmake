# sqlenv_meter_sqlite(<amalgamation> <output>): the amalgamation with calls of the meter inserted
# (core/sql/sqlite_meter.h says what it is for).
#
# One rule a place: a text of the amalgamation and what comes before, after or instead of it. A text
# that is not there exactly once is an error: then this is another SQLite, in which the work has to
# be found again.

set(SQLENV_METER_RULES "")

macro(sqlenv_meter_rule where anchor code)
  list(APPEND SQLENV_METER_RULES rule)
  list(LENGTH SQLENV_METER_RULES number)
  set(SQLENV_METER_WHERE_${number} "${where}")
  set(SQLENV_METER_ANCHOR_${number} "${anchor}")
  set(SQLENV_METER_CODE_${number} "${code}")
endmacro()

# Pages of the image are read whether or not they are in the cache: that is history, not work.
sqlenv_meter_rule(INSTEAD "if( iOfst<p->sz ) memcpy(" "if( iOfst<p->sz ) (memcpy)(")
sqlenv_meter_rule(INSTEAD "  memcpy(zBuf, p->aData+iOfst, iAmt);" "  (memcpy)(zBuf, p->aData+iOfst, iAmt);")

# A structure whose size varies is as long as pointers are.
sqlenv_meter_rule(INSTEAD "    memcpy(pKeyInfo, pCsr->pKeyInfo, szKeyInfo);" "    (memcpy)(pKeyInfo, pCsr->pKeyInfo, szKeyInfo);")

# Pages of temporary tables, which are in memory alone, and records in a sorter.
sqlenv_meter_rule(BEFORE "  (*pCache->pnPurgeable)++;\n  return p;"
  "  if( !pCache->bPurgeable ) sqlenv_hold(pCache->szPage);\n")
sqlenv_meter_rule(BEFORE "  (*pCache->pnPurgeable)--;\n}"
  "  if( !pCache->bPurgeable ) sqlenv_hold(-pCache->szPage);\n")
sqlenv_meter_rule(BEFORE "  nReq = pVal->n + sizeof(SorterRecord);"
  "  sqlenv_hold(pVal->n + kHeldPerRecord);\n")
sqlenv_meter_rule(AFTER "  for(p=pRecord; p; p=pNext){\n    pNext = p->u.pNext;\n"
  "    sqlenv_hold(-(i64)(p->nVal + kHeldPerRecord));\n")

# Fields of registers and records.
sqlenv_meter_rule(AFTER "  cnt = pOp->p3-pOp->p2;\n" "  if( cnt>0 ) sqlenv_fields(cnt);\n")
sqlenv_meter_rule(BEFORE "  assert( n>0 && p1>0 && p2>0 );" "  sqlenv_fields(n);\n")
sqlenv_meter_rule(BEFORE "  n = pOp->p3;\n  pIn1 = &aMem[pOp->p1];\n  pOut" "  sqlenv_fields(pOp->p3);\n")
sqlenv_meter_rule(BEFORE "  n = pOp->p3;\n  pKeyInfo = pOp->p4.pKeyInfo;" "  sqlenv_fields(pOp->p3);\n")
sqlenv_meter_rule(BEFORE "  assert( zAffinity[pOp->p2]==0 );" "  sqlenv_fields(pOp->p2);\n")
sqlenv_meter_rule(AFTER "  nField = pOp->p2;\n" "  sqlenv_fields(nField);\n")
sqlenv_meter_rule(BEFORE "      pC->nHdrParsed = i;\n"
  "      if( i-pC->nHdrParsed>=16 ) sqlenv_work((i-pC->nHdrParsed)*8);\n")
sqlenv_meter_rule(AFTER "  p->nField = u;\n" "  sqlenv_work(u*kCompareWork);\n")
sqlenv_meter_rule(BEFORE "    i++;\n    if( i==pPKey2->nField ) break;\n    pRhs++;\n    d1 +="
  "    sqlenv_work(kCompareWork);\n")

# Steps that are taken within one operation.
sqlenv_meter_rule(BEFORE "    res = pTask->xCompare(\n        pTask, &bCached, SRVAL(p1), p1->nVal, SRVAL(p2), p2->nVal\n"
  "    sqlenv_work(kCompareWork);\n")
sqlenv_meter_rule(BEFORE "  pOut->u.i = nEntry;" "  sqlenv_work(nEntry);\n")
sqlenv_meter_rule(AFTER "    pCx->isEphemeral = 1;\n"  "    sqlenv_work(60*SQLENV_WORK_PER_OPERATION);\n")
sqlenv_meter_rule(AFTER "  pCx = allocateCursor(p, pOp->p1, pOp->p2, CURTYPE_SORTER);\n"
  "  sqlenv_work(10*SQLENV_WORK_PER_OPERATION);\n")

# Values that are looked at byte by byte.
sqlenv_meter_rule(AFTER "  int eType = 1;   /* 1: pure integer,  2+: fractional  -1 or less: bad UTF16 */\n"
  "  sqlenv_scan(length);\n")
sqlenv_meter_rule(AFTER "  const char *zEnd = zNum + length;\n" "  sqlenv_scan(length);\n")
sqlenv_meter_rule(BEFORE "  a = (unsigned char *)zLeft;\n  b = (unsigned char *)zRight;\n  while( N-- > 0"
  "  sqlenv_scan(N);\n")
sqlenv_meter_rule(BEFORE "  while( nKey1 && pK1[nKey1-1]==' ' ) nKey1--;\n"
  "  sqlenv_scan((i64)nKey1+nKey2);\n")
sqlenv_meter_rule(BEFORE "  assert( pMem->enc!=desiredEnc );\n" "  sqlenv_scan(pMem->n);\n")
sqlenv_meter_rule(BEFORE "  memset(&pMem->z[pMem->n], 0, pMem->u.nZero);" "  sqlenv_work(pMem->u.nZero);\n")

# Functions, and the rows of table-valued functions.
sqlenv_meter_rule(INSTEAD "  (*pCtx->pFunc->xSFunc)(pCtx, pCtx->argc, pCtx->argv);"
  "  if( sqlenv_before_call(pCtx) ){\n    (*pCtx->pFunc->xSFunc)(pCtx, pCtx->argc, pCtx->argv);\n    sqlenv_after_call(pOut, kScanWork);\n  }\n")
sqlenv_meter_rule(INSTEAD "    (pCtx->pFunc->xInverse)(pCtx,pCtx->argc,pCtx->argv);"
  "    if( sqlenv_before_call(pCtx) ) (pCtx->pFunc->xInverse)(pCtx,pCtx->argc,pCtx->argv);")
sqlenv_meter_rule(INSTEAD "  (pCtx->pFunc->xSFunc)(pCtx,pCtx->argc,pCtx->argv); /* IMP"
  "  if( sqlenv_before_call(pCtx) ) (pCtx->pFunc->xSFunc)(pCtx,pCtx->argc,pCtx->argv); /* IMP")
sqlenv_meter_rule(INSTEAD "  rc = pModule->xFilter(pVCur, iQuery"
  "  rc = sqlenv_before_filter(nArg, apArg);\n  if( rc ) goto abort_due_to_error;\n  rc = pModule->xFilter(pVCur, iQuery")
sqlenv_meter_rule(AFTER "  rc = pModule->xColumn(pCur->uc.pVCur, &sContext, pOp->p2);\n"
  "  sqlenv_after_call(pDest, kParseWork);\n")

# Planning. Where it may stop, the parse is asked to look at the interrupt.
sqlenv_meter_rule(BEFORE "    rc = pWalker->xExprCallback(pWalker, pExpr);\n    if( rc ) return rc & WRC_Abort;\n"
  "    sqlenv_plan(kExprPlan);\n")
sqlenv_meter_rule(BEFORE "    substExprList(pSubst, p->pEList);\n    substExprList(pSubst, p->pGroupBy);\n"
  "    sqlenv_plan(kSelectPlan);\n")
sqlenv_meter_rule(BEFORE "  if( pA==0 || pB==0 ){\n    return pB==pA ? 0 : 2;\n  }\n  if( pParse && pA->op==TK_VARIABLE"
  "  sqlenv_plan(kExprPlan);\n")
sqlenv_meter_rule(BEFORE "  /* Figure out where to write the new Expr structure. */\n" "  sqlenv_plan(kExprCopy);\n")
sqlenv_meter_rule(AFTER "  for(p=pDup; p; p=p->pPrior){\n" "    sqlenv_plan(kSelectCopy);\n")
sqlenv_meter_rule(BEFORE "  if( pFrom->zDatabase!=0 ){\n    /* The FROM term contains a schema"
  "  sqlite3ProgressCheck(pParse);\n")
sqlenv_meter_rule(BEFORE "  if( OptimizationDisabled(db, SQLITE_QueryFlattener) ) return 0;\n"
  "  sqlite3ProgressCheck(pParse);\n")

# Nesting: the parser's stack, and SELECTs within SELECTs when common table expressions are written
# out. SQLite limits neither, and recurses.
sqlenv_meter_rule(AFTER "  newSize = oldSize*2 + 100;\n  idx = (int)(p->yytos - p->yystack);\n"
  "  if( newSize>kMaxParserStack ) return 1;\n")
sqlenv_meter_rule(INSTEAD "\n  sqlite3OomFault(pParse->db);\n/********"
  "\n  sqlite3ErrorMsg(pParse, \"the statement is nested too deeply\");\n/********")
sqlenv_meter_rule(INSTEAD "    rc = pWalker->xSelectCallback(pWalker, p);\n    if( rc ) return rc & WRC_Abort;\n    if( sqlite3WalkSelectExpr(pWalker, p)\n     || sqlite3WalkSelectFrom(pWalker, p)\n    ){\n      return WRC_Abort;\n"
  "    sqlenv_plan(kSelectPlan);\n    t_meter.depth++;\n    rc = pWalker->xSelectCallback(pWalker, p);\n    if( rc==0 && (sqlite3WalkSelectExpr(pWalker, p) || sqlite3WalkSelectFrom(pWalker, p)) ) rc = WRC_Abort;\n    t_meter.depth--;\n    if( rc ){\n      return rc & WRC_Abort;\n")
sqlenv_meter_rule(AFTER "  p->selFlags |= SF_Expanded;\n  if( db->mallocFailed  ){\n    return WRC_Abort;\n  }\n"
  "  if( t_meter.depth>kMaxSelectDepth ){\n    sqlite3ErrorMsg(pParse, \"more than %d nested subqueries\", kMaxSelectDepth);\n    return WRC_Abort;\n  }\n")

# The fifth column of one name in a subquery is named by a random number, which depends on history.
sqlenv_meter_rule(INSTEAD "      if( cnt>3 ){\n        sqlite3_randomness(sizeof(cnt), &cnt);\n      }\n"
  "      if( cnt==4 ) cnt = 1000+i;\n")

# A pause: the virtual machine is left as if with a row, but without one, and goes on from here. Its
# one counter that is not kept in the statement is kept in the meter.
sqlenv_meter_rule(INSTEAD "  u32 colCacheCtr = 0;       /* Column cache counter */" "  u32 colCacheCtr = sqlenv_resumed();")
sqlenv_meter_rule(AFTER "    assert( db->nProgressOps!=0 );\n    nProgressLimit += db->nProgressOps;\n    if( db->xProgress(db->pProgressArg) ){\n"
  "      if( t_meter.pauses ){\n        if( db->nVdbeExec>1 ) continue;\n        t_meter.pauses = 0;\n        t_meter.counter = colCacheCtr;\n        p->pc = (int)(pOp - aOp) + 1;\n        p->pResultRow = 0;\n        rc = SQLITE_ROW;\n        goto vdbe_return;\n      }\n")
sqlenv_meter_rule(INSTEAD "  while( nVmStep>=nProgressLimit && db->xProgress!=0 ){\n    nProgressLimit += db->nProgressOps;\n    if( db->xProgress(db->pProgressArg) ){\n"
  "  while( nVmStep>=nProgressLimit && db->xProgress!=0 ){\n    nProgressLimit += db->nProgressOps;\n    if( db->xProgress(db->pProgressArg) && !t_meter.pauses ){\n")

function(sqlenv_meter_sqlite amalgamation output)
  file(READ ${amalgamation} text)
  list(LENGTH SQLENV_METER_RULES count)
  foreach(number RANGE 1 ${count})
    set(anchor "${SQLENV_METER_ANCHOR_${number}}")
    string(FIND "${text}" "${anchor}" first)
    string(FIND "${text}" "${anchor}" last REVERSE)
    if(first EQUAL -1 OR NOT first EQUAL last)
      message(FATAL_ERROR "${amalgamation} does not hold this exactly once:\n${anchor}\n"
        "The sandbox meters SQLite ${SQLENV_SQLITE_VERSION}; give its amalgamation.")
    endif()
    set(code "${SQLENV_METER_CODE_${number}}")
    if(SQLENV_METER_WHERE_${number} STREQUAL "BEFORE")
      string(PREPEND anchor "${code}")
    elseif(SQLENV_METER_WHERE_${number} STREQUAL "AFTER")
      string(APPEND anchor "${code}")
    else()
      set(anchor "${code}")
    endif()
    string(REPLACE "${SQLENV_METER_ANCHOR_${number}}" "${anchor}" text "${text}")
  endforeach()
  file(WRITE ${output}.new "${text}")
  file(COPY_FILE ${output}.new ${output} ONLY_IF_DIFFERENT)
  file(REMOVE ${output}.new)
endfunction()
